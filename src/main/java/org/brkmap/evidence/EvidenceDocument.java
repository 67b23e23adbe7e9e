package org.brkmap.evidence;

/** What one file of evidence holds: a {@link RunDocument} or a {@link LabDocument}, in the schema {@value #SCHEMA}. */
public sealed interface EvidenceDocument permits RunDocument, LabDocument {
    /** Name and version of the format. A reader of another version says so and reads nothing. */
    String SCHEMA = "brkmap/evidence/1";
}
