"""What a published site has beside its pages: feeds, and word to the machines that read it."""
