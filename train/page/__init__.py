"""The report as one HTML file that is handed round: tables to sort, mistakes to browse."""
