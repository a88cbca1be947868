/* What failed last, in words for a person and in the system's own. */
#include "limber-client-private.h"

#include "limber-error.h"

static void
set (LimberClient *self, const char *message, const char *cause)
{
  if (g_strcmp0 (self->error, message) == 0 && g_strcmp0 (self->cause, cause) == 0)
    return;
  g_free (self->error);
  g_free (self->cause);
  self->error = g_strdup (message);
  self->cause = g_strdup (cause);
  g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_ERROR]);
}

void
limber_client_set_error (LimberClient *self, const char *message)
{
  set (self, message, NULL);
}

void
limber_client_set_failure (LimberClient *self, const GError *error)
{
  set (self, error->message, limber_error_get_cause (error));
}

/**
 * limber_client_get_cause:
 *
 * Returns: (nullable): what the system said when that went wrong, in its own words, for whoever looks into it
 */
const char *
limber_client_get_cause (LimberClient *client)
{
  return client->cause;
}
