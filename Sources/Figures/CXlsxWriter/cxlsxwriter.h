#ifndef CXLSXWRITER_H
#define CXLSXWRITER_H

/* libxlsxwriter (1.1.4 or newer). Swift imports what is needed of it as it stands, so there are no shims here; add one only with the
 * reason why Swift cannot do it. */
#include <xlsxwriter.h>

#endif
