#ifndef CZLIB_H
#define CZLIB_H

/* zlib (1.2.11 or newer), whose stream is RFC 1950. deflateInit and inflateInit are macros, which Swift does not see; the
 * functions behind them, deflateInit_ and inflateInit_, are called as they stand, so there are no shims here. */
#include <zlib.h>

#endif
