"""What runs inside MkDocs: the hook and the search tokeniser."""
