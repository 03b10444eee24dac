/* libpq (PostgreSQL 14 or newer), which Swift imports as it stands. */
#include <libpq-fe.h>
