"""What is handed over: the customer report and vendors side by side, each one self-contained page."""
