/** Lab 4: mapping files, and copying them. */
package lab4;
