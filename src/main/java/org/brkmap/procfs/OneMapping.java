package org.brkmap.procfs;

import org.brkmap.libc.MappingQuery;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;

/** The kernel's answer about one mapping, as {@link MapsParser} would have read it from its row. */
final class OneMapping {
    private OneMapping() {}

    static Mapping of(MappingQuery.Found found) {
        Permissions permissions = new Permissions(
                (found.flags() & MappingQuery.READABLE) != 0,
                (found.flags() & MappingQuery.WRITABLE) != 0,
                (found.flags() & MappingQuery.EXECUTABLE) != 0,
                (found.flags() & MappingQuery.SHARED) != 0);
        String name = found.name().replace("\n", "\\012");
        return Mapping.of(
                new AddressRange(found.start(), found.end()),
                permissions,
                new Backing(found.major(), found.minor(), found.inode(), found.offset(), name));
    }
}
