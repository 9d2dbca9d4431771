"""``python -m framescope`` does what the command ``framescope`` does."""

from framescope.cli.app import main

if __name__ == "__main__":
    main()
