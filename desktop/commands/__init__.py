"""What happens when an action is triggered."""
