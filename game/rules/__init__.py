"""What a round is: prompts, judging, scoring, the clock. Pure Python; clock and random injected."""
