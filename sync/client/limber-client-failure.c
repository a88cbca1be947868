/* What failed last, in words for a person and in the system's own. */
#include "limber-client-private.h"

#include "limber-error.h"

void
limber_client_set_failure (LimberClient *self, const GError *error)
{
  g_free (self->cause);
  self->cause = g_strdup (limber_error_get_cause (error));
  limber_client_set_error (self, error->message);
}

/**
 * limber_client_get_cause:
 *
 * Returns: (nullable): what the system said when that went wrong, in its own words, for whoever looks into it
 */
const char *
limber_client_get_cause (LimberClient *client)
{
  return client->error != NULL ? client->cause : NULL;
}
