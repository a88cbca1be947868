/* Why the system or the network said no, in words for whoever reads the message; the system's own stay with the error, for the log
 * and for whoever looks into it. */
#pragma once

#include "limber-error.h"

G_BEGIN_DECLS

const char *limber_cause_of_errno  (int why);
const char *limber_cause_of        (const GError *why);
void        limber_cause_set_errno (GError **error, int code, int why, const char *format, ...) G_GNUC_PRINTF (4, 5);
void        limber_cause_set       (GError **error, int code, const GError *why, const char *format, ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
