"""The dossiers of provinces, prefectures and counties, and what the archive cannot tell of them."""
