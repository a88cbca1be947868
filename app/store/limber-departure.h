/* How a store ends: central, or its hub, has let the device go and has all that it wrote. Nothing is removed before a note says
 * so; whoever closes the store, or opens it next, removes it. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberLeaving:
 * @LIMBER_LEAVING_NOT: the device is in use
 * @LIMBER_LEAVING_RETIRED: it is no longer needed
 * @LIMBER_LEAVING_LOST: nobody knows in whose hands it is
 * @LIMBER_LEAVING_MOVED: it goes to another site, where it joins anew
 *
 * Why a device is to hand over what it has, and then to hold nothing any more.
 */
typedef enum {
  LIMBER_LEAVING_NOT,
  LIMBER_LEAVING_RETIRED,
  LIMBER_LEAVING_LOST,
  LIMBER_LEAVING_MOVED,
} LimberLeaving;

/**
 * LimberDeparture:
 * @dir: (owned): the store's folder
 * @why: why it ends
 * @written: limber_session_written() when its node was asked
 */
typedef struct {
  char         *dir;
  LimberLeaving why;
  gint64        written;
} LimberDeparture;

LimberLeaving    limber_leaving_parse        (const char *word);
const char      *limber_leaving_name         (LimberLeaving leaving);

LimberDeparture *limber_departure_new        (const char *dir, LimberLeaving why, gint64 written);
void             limber_departure_free       (LimberDeparture *departure);
gboolean         limber_departure_decide     (LimberTransaction *transaction, gpointer data, GError **error);

gboolean         limber_departure_is_decided (const char *dir);
gboolean         limber_departure_carry_out  (const char *dir, GError **error);
GError          *limber_departure_error      (const char *dir);
gboolean         limber_departure_forget     (const char *dir, GError **error);

G_END_DECLS
