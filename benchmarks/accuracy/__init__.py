"""What the checks find and claim on real pages of shops that we did not write, with one defect planted at a time."""
