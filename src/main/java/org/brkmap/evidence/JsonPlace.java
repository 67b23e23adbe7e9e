package org.brkmap.evidence;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a document, put into words only when something is wrong with it: a document has very many values.
 * Immutable.
 *
 * @param parent what it is in; null for the root
 * @param name of the member; null for an item of an array
 * @param index of the item
 */
record JsonPlace(@Nullable JsonPlace parent, @Nullable String name, int index) {
    static final JsonPlace ROOT = new JsonPlace(null, "$", 0);

    JsonPlace member(String member) {
        return new JsonPlace(this, member, 0);
    }

    JsonPlace item(int item) {
        return new JsonPlace(this, null, item);
    }

    /** As JSONPath writes it: {@code $.changes[3].kind}. */
    @Override
    public String toString() {
        if (parent == null) {
            return String.valueOf(name);
        }
        return parent + (name == null ? "[" + index + "]" : "." + name);
    }
}
