"""The words of the field as models. Knows no SQL, no screen and no file format."""
