"""What is selected or copied in other programs, read without waiting for them."""
