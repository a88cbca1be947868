/* The one error domain of Limber's libraries, its codes on the wire, and the exit status of each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_ERROR (limber_error_quark ())

/**
 * LimberError:
 * @LIMBER_ERROR_USAGE: the caller's words are off: an unknown command, kind, field or option
 * @LIMBER_ERROR_REFUSED: a rule of the work or of a field says no; the message says which and why
 * @LIMBER_ERROR_NOT_FOUND: nothing matches
 * @LIMBER_ERROR_AMBIGUOUS: more than one matches
 * @LIMBER_ERROR_BUSY: another program owns the store
 * @LIMBER_ERROR_DAMAGED: the store's file, or the bytes of an entry, are not what they were
 * @LIMBER_ERROR_NEWER: the store was written by a newer Limber
 * @LIMBER_ERROR_DISK_FULL: there is no room; nothing was changed
 * @LIMBER_ERROR_DISK: the disk failed; the store must be opened again
 * @LIMBER_ERROR_UNREACHABLE: no answer from the peer
 * @LIMBER_ERROR_UNAUTHORISED: the peer, or the person, is not known or not allowed
 * @LIMBER_ERROR_FORMAT: foreign bytes that do not have the agreed form
 * @LIMBER_ERROR_DEPARTED: the store's device was let go; there is nothing here any more
 *
 * What went wrong, so far as it differs to a person. The names (see limber_error_name()) are stable on the wire.
 */
typedef enum {
  LIMBER_ERROR_USAGE,
  LIMBER_ERROR_REFUSED,
  LIMBER_ERROR_NOT_FOUND,
  LIMBER_ERROR_AMBIGUOUS,
  LIMBER_ERROR_BUSY,
  LIMBER_ERROR_DAMAGED,
  LIMBER_ERROR_NEWER,
  LIMBER_ERROR_DISK_FULL,
  LIMBER_ERROR_DISK,
  LIMBER_ERROR_UNREACHABLE,
  LIMBER_ERROR_UNAUTHORISED,
  LIMBER_ERROR_FORMAT,
  LIMBER_ERROR_DEPARTED,
} LimberError;

GQuark      limber_error_quark       (void);
const char *limber_error_name        (const GError *error);
const char *limber_error_for_log     (const GError *error);
void        limber_error_set_cause   (GError *error, const char *cause);
const char *limber_error_get_cause   (const GError *error);
int         limber_error_exit_status (const GError *error);
int         limber_error_of_errno    (int why);
gboolean    limber_error_refuse      (GError **error, const char *why);
GError     *limber_error_from_name   (const char *name, const char *message);

G_END_DECLS
