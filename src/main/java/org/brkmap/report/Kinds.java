package org.brkmap.report;

import org.brkmap.model.ChangeKind;

/** The signs and words for kinds of change; none depends on colour. */
final class Kinds {
    private Kinds() {}

    static String glyph(ChangeKind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case REMOVED -> "−";
            case GREW -> "▲";
            case SHRANK -> "▼";
            case REPROTECTED -> "◆";
            case SPLIT -> "÷";
            case MERGED -> "∪";
            case MOVED -> "↷";
            case RESIDENCY -> "●";
        };
    }

    static String word(ChangeKind kind) {
        return switch (kind) {
            case ADDED -> "added";
            case REMOVED -> "removed";
            case GREW -> "grew";
            case SHRANK -> "shrank";
            case REPROTECTED -> "permissions changed";
            case SPLIT -> "split";
            case MERGED -> "merged";
            case MOVED -> "moved";
            case RESIDENCY -> "other pages in memory";
        };
    }
}
