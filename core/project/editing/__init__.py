"""The parts of an open project: each method that changes it is one transaction, and notifies the subscribers."""
