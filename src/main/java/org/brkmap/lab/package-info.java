/**
 * Labs as JUnit tests: runs, records and prints their checks and exercises. For the command line: {@link LabCatalogue} (labs
 * and their exercises), {@link LabRunner} (a run, and its document), {@link LabProgress} (states, points, hints taken),
 * {@link AnswerSheet} (what was answered, and what is wrong with it).
 */
@NullMarked
package org.brkmap.lab;

import org.jspecify.annotations.NullMarked;
