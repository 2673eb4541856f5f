"""What goes with the comments of readers: links that lead them back, mails, signs of spam, and how many one may send. The verbs are actions/commenting.py."""
