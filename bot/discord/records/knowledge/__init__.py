"""Records of what members wrote that became documents, and of what waits to become one."""
