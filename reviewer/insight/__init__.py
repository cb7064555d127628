"""What may be worth a reader's look: pure functions over words and models, no SQL, no screen."""
