"""What is done, kept on the disk: all SQL of a run stands here."""
