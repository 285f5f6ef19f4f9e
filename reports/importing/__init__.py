"""What people have in Word and Excel: read safely, shown before anything is saved, and lost nowhere."""
