"""What the doctor looks at, a subject each."""
