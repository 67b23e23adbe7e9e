package org.brkmap.model;

/** How a range of addresses differs between two snapshots of one process. */
public enum ChangeKind {
    ADDED,
    REMOVED,
    GREW,
    SHRANK,
    REPROTECTED,
    SPLIT,
    MERGED,
    MOVED,
    /** Same range, other pages in memory. */
    RESIDENCY
}
