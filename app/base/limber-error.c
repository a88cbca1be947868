#include "limber-error.h"

#include <errno.h>
#include <gio/gio.h>

/* What an error of ours carries beside its message. */
typedef struct {
  char *cause; /* (owned) (nullable): the system's own words */
  char *log;   /* (owned) (nullable): the message with them */
} LimberErrorPrivate;

static void
limber_error_private_init (LimberErrorPrivate *priv)
{
}

static void
limber_error_private_copy (const LimberErrorPrivate *from, LimberErrorPrivate *to)
{
  to->cause = g_strdup (from->cause);
  to->log = g_strdup (from->log);
}

static void
limber_error_private_clear (LimberErrorPrivate *priv)
{
  g_free (priv->cause);
  g_free (priv->log);
}

G_DEFINE_EXTENDED_ERROR (LimberError, limber_error)

static const struct {
  const char *name;
  int         status;
} codes[] = {
  [LIMBER_ERROR_USAGE] = { "usage", 2 },
  [LIMBER_ERROR_REFUSED] = { "refused", 1 },
  [LIMBER_ERROR_NOT_FOUND] = { "not-found", 3 },
  [LIMBER_ERROR_AMBIGUOUS] = { "ambiguous", 4 },
  [LIMBER_ERROR_BUSY] = { "busy", 5 },
  [LIMBER_ERROR_DAMAGED] = { "damaged", 5 },
  [LIMBER_ERROR_NEWER] = { "newer", 5 },
  [LIMBER_ERROR_DISK_FULL] = { "disk-full", 5 },
  [LIMBER_ERROR_DISK] = { "disk", 5 },
  [LIMBER_ERROR_UNREACHABLE] = { "unreachable", 6 },
  [LIMBER_ERROR_UNAUTHORISED] = { "unauthorised", 1 },
  [LIMBER_ERROR_FORMAT] = { "format", 1 },
  [LIMBER_ERROR_DEPARTED] = { "departed", 1 },
};

/**
 * limber_error_name:
 * @error: any error
 *
 * The stable code of @error on the wire and in JSON; "refused" for an error of another domain.
 *
 * Returns: (transfer none): the code
 */
const char *
limber_error_name (const GError *error)
{
  if (error->domain == LIMBER_ERROR && error->code >= 0 && (gsize) error->code < G_N_ELEMENTS (codes))
    return codes[error->code].name;
  return "refused";
}

/**
 * limber_error_set_cause:
 * @error: of %LIMBER_ERROR
 * @cause: (nullable): what the system or a library said, in its own words
 *
 * Keeps with @error what its message says in plainer words.
 */
void
limber_error_set_cause (GError *error, const char *cause)
{
  LimberErrorPrivate *priv = limber_error_get_private (error);

  limber_error_private_clear (priv);
  priv->cause = g_strdup (cause);
  priv->log = cause != NULL ? g_strdup_printf ("%s (%s)", error->message, cause) : NULL;
}

/**
 * limber_error_get_cause:
 * @error: any error
 *
 * Returns: (nullable): what the system or a library said, in its own words, for whoever looks into it
 */
const char *
limber_error_get_cause (const GError *error)
{
  return error->domain == LIMBER_ERROR ? limber_error_get_private (error)->cause : NULL;
}

/**
 * limber_error_for_log:
 * @error: any error
 *
 * What may be written to a log of @error: a refusal may quote what somebody entered, so only what is said of the machine, its
 * disk and its network is said whole.
 *
 * Returns: (transfer none): its message and cause, or no more than its code
 */
const char *
limber_error_for_log (const GError *error)
{
  if (error->domain != LIMBER_ERROR)
    return error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR ? error->message : g_quark_to_string (error->domain);
  switch (error->code) {
  case LIMBER_ERROR_BUSY:
  case LIMBER_ERROR_NEWER:
  case LIMBER_ERROR_DISK_FULL:
  case LIMBER_ERROR_DISK:
  case LIMBER_ERROR_UNREACHABLE:
  case LIMBER_ERROR_DEPARTED:
    return limber_error_get_private (error)->log != NULL ? limber_error_get_private (error)->log : error->message;
  default:
    return limber_error_name (error);
  }
}

/**
 * limber_error_of_errno:
 * @why: what a call to the system has left in errno, about a file or folder of ours
 *
 * Returns: LIMBER_ERROR_DISK_FULL or LIMBER_ERROR_DISK
 */
int
limber_error_of_errno (int why)
{
  return why == ENOSPC ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_DISK;
}

/**
 * limber_error_exit_status:
 * @error: any error
 *
 * The exit status by which a program tells a script of @error: 1 refused, 2 usage, 3 nothing matched, 4 more than one
 * matched, 5 store busy or damaged, 6 peer unreachable.
 *
 * Returns: 1 to 6
 */
int
limber_error_exit_status (const GError *error)
{
  if (error->domain == LIMBER_ERROR && error->code >= 0 && (gsize) error->code < G_N_ELEMENTS (codes))
    return codes[error->code].status;
  return 1;
}

/**
 * limber_error_refuse:
 * @error: gets LIMBER_ERROR_REFUSED
 * @why: which rule says no and why, for a person
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
limber_error_refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, why);
  return FALSE;
}

/**
 * limber_error_from_name:
 * @name: (nullable): a code as limber_error_name() gives it; an unknown one counts as "refused"
 * @message: what it says to a person
 *
 * Makes again an error that crossed a wire.
 *
 * Returns: (transfer full): the error
 */
GError *
limber_error_from_name (const char *name, const char *message)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].name, name) == 0)
      return g_error_new_literal (LIMBER_ERROR, (int) i, message);
  return g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_REFUSED, message);
}
