/** Lab 6: sharing memory between processes. */
package lab6;
