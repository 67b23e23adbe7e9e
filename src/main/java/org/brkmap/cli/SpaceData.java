package org.brkmap.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Totals;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/** An address space for programs to read: CSV (RFC 4180) and the values of JSON. docs/CLI.md names the fields. */
final class SpaceData {
    private static final String HEAD =
            "kind,start,end,bytes,pages,permissions,role,resident,pss,private_dirty,anonymous,swap,offset,device,inode,name";

    private SpaceData() {}

    /** One row a stretch; unknown values are empty. */
    static String csv(Space space) {
        StringBuilder text = new StringBuilder(HEAD).append("\r\n");
        for (Space.Stretch stretch : space.stretches()) {
            Mapping mapping = stretch.mapping();
            List<String> cells = new ArrayList<>();
            cells.add(mapping == null ? stretch.title() : "mapping");
            cells.add(AddressRange.hex(stretch.range().start()));
            cells.add(AddressRange.hex(stretch.range().end()));
            cells.add(Long.toUnsignedString(stretch.range().length()));
            cells.add(Long.toUnsignedString(space.pages(stretch.range())));
            if (mapping != null) {
                Usage usage = mapping.usage();
                cells.add(mapping.permissions().toString());
                cells.add(mapping.role().title());
                cells.add(cell(usage == null ? null : (Long) usage.rss()));
                cells.add(cell(usage == null ? null : usage.pss()));
                cells.add(cell(usage == null ? null : usage.privateDirty()));
                cells.add(cell(usage == null ? null : usage.anonymous()));
                cells.add(cell(usage == null ? null : usage.swap()));
                cells.add(AddressRange.hex(mapping.backing().offset()));
                cells.add(device(mapping));
                cells.add(Long.toUnsignedString(mapping.backing().inode()));
                cells.add(quoted(mapping.backing().name()));
            } else {
                cells.addAll(List.of("", "", "", "", "", "", "", "", "", "", ""));
            }
            text.append(String.join(",", cells)).append("\r\n");
        }
        return text.toString();
    }

    private static String cell(@Nullable Long value) {
        return value == null ? "" : Long.toString(value);
    }

    /** Quoted where it must be; a spreadsheet must not take a name for a formula. */
    private static String quoted(String name) {
        String safe = !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
        boolean plain = safe.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter < ' ');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static String device(Mapping mapping) {
        return hex2(mapping.backing().major()) + ":" + hex2(mapping.backing().minor());
    }

    private static String hex2(int number) {
        String digits = Integer.toHexString(number);
        return digits.length() < 2 ? "0" + digits : digits;
    }

    /** The stretches as the items of a JSON array. */
    static List<Map<String, @Nullable Object>> stretches(Space space) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Space.Stretch stretch : space.stretches()) {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            Mapping mapping = stretch.mapping();
            item.put("kind", mapping == null ? stretch.title() : "mapping");
            item.put("start", AddressRange.hex(stretch.range().start()));
            item.put("end", AddressRange.hex(stretch.range().end()));
            item.put("bytes", stretch.range().length());
            item.put("pages", space.pages(stretch.range()));
            if (mapping != null) {
                item.put("permissions", mapping.permissions().toString());
                item.put("role", mapping.role().name());
                usage(item, mapping.usage());
                item.put("offset", mapping.backing().offset());
                item.put("device", device(mapping));
                item.put("inode", mapping.backing().inode());
                item.put("name", mapping.backing().name());
            }
            items.add(item);
        }
        return items;
    }

    private static void usage(Map<String, @Nullable Object> item, @Nullable Usage usage) {
        item.put("resident", usage == null ? null : usage.rss());
        item.put("pss", usage == null ? null : usage.pss());
        item.put("privateDirty", usage == null ? null : usage.privateDirty());
        item.put("anonymous", usage == null ? null : usage.anonymous());
        item.put("swap", usage == null ? null : usage.swap());
    }

    static Map<String, @Nullable Object> totals(Space space) {
        Totals sum = Totals.of(space.mappings());
        Map<String, @Nullable Object> totals = new LinkedHashMap<>();
        totals.put("virtual", sum.virtual());
        totals.put("resident", sum.resident());
        totals.put("pss", sum.proportional());
        totals.put("privateDirty", sum.privateDirty());
        totals.put("anonymous", sum.anonymous());
        totals.put("swap", sum.swap());
        return totals;
    }
}
