"""The open project's file: saving it elsewhere, restoring its backups."""
