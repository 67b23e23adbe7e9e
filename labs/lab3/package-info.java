/** Lab 3: changing the sizes of regions. */
package lab3;
