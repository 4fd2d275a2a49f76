"""How models are fitted: loops, networks, schedules."""
