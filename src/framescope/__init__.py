"""framescope: which frames a statement carries, who voices them, and on what evidence."""
