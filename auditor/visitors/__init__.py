"""What appears in visitors' own browsers: a script for the shop's pages, a receiver of its reports, and the rate."""
