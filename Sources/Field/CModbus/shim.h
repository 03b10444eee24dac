#ifndef CMODBUS_SHIM_H
#define CMODBUS_SHIM_H

#include <modbus/modbus.h>

/* libmodbus builds its own error numbers by adding macros to enumeration constants; Swift imports neither sum. */
static const int cmodbus_bad_crc = EMBBADCRC;
static const int cmodbus_bad_data = EMBBADDATA;

#endif
