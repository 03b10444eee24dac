#ifndef CMOSQUITTO_H
#define CMOSQUITTO_H

/* libmosquitto (2.0.11 or newer): its functions, and the reason codes and property identifiers of MQTT 5. Swift imports all
 * of it as it stands, so there are no shims here; add one only with the reason why Swift cannot do it. */
#include <mosquitto.h>
#include <mqtt_protocol.h>

#endif
