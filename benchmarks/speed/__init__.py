"""Timed loads beside Lighthouse and Unlighthouse: how near, how quick, how steady."""
