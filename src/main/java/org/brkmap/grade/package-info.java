/**
 * Grades of a class: what each submission earned and why, kept as one file a submission ({@link Result}, {@link ResultFiles}), the
 * class list ({@link Roster}) and the rules of the course ({@link Course}).
 */
@NullMarked
package org.brkmap.grade;

import org.jspecify.annotations.NullMarked;
