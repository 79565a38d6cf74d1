"""Every planted defect of the demo shop, in each of its languages: see ``__main__``."""
