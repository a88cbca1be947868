#include "limber-act-form.h"

#include <string.h>

#include "limber-detail.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-unsaved.h"

static json_t *
read_form (const char *form, GError **error)
{
  if (form != NULL)
    return limber_json_parse (form, strlen (form), error);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, "A form that says nothing");
  return NULL;
}

static gboolean
forget_kept (LimberTransaction *transaction, const json_t *json, const LimberAuthor *author, GError **error)
{
  const char *kept = limber_json_string (json, "kept");
  LimberId about;
  gboolean has_about = limber_id_parse (&about, limber_json_string (json, "about"));

  return kept == NULL || limber_unsaved_keep (transaction, author->author, kept, has_about ? &about : NULL, NULL, error);
}

/* The texts stay the form's. */
static GArray *
details_of (const json_t *json)
{
  GArray *details = g_array_new (FALSE, TRUE, sizeof (LimberDetailChange));
  json_t *detail;
  size_t i;

  json_array_foreach (json_object_get (json, "details"), i, detail) {
    LimberDetailChange change = { limber_json_string (detail, "field"), limber_json_string (detail, "typed"), limber_json_string (detail, "base") };

    if (change.field != NULL && change.typed != NULL)
      g_array_append_val (details, change);
  }
  return details;
}

gboolean
limber_act_form_register (LimberTransaction *transaction, const LimberId *id, const char *form, const LimberAuthor *author, GError **error)
{
  g_autoptr (json_t) json = read_form (form, error);
  g_autoptr (GArray) details = details_of (json);

  return json != NULL && limber_detail_register (transaction, (const LimberDetailChange *) details->data, details->len, author, id, error) && forget_kept (transaction, json, author, error);
}

gboolean
limber_act_form_edit (LimberTransaction *transaction, const LimberId *id, const char *form, const LimberAuthor *author, GError **error)
{
  g_autoptr (json_t) json = read_form (form, error);
  g_autoptr (GArray) details = details_of (json);

  return json != NULL && limber_detail_save (transaction, id, (const LimberDetailChange *) details->data, details->len, author, error) && forget_kept (transaction, json, author, error);
}

/**
 * limber_act_form_read_call:
 * @form: what a call says; its texts stay the form's
 * @call: (out): the same
 */
void
limber_act_form_read_call (const json_t *form, LimberReferringCall *call)
{
  *call = (LimberReferringCall){ .words = limber_json_string (form, "words"), .since = limber_json_string (form, "since"), .parts = limber_json_string (form, "parts"),
                                 .side = limber_json_string (form, "side"), .caller_is = limber_json_string (form, "caller_is"), .caller = limber_json_string (form, "caller"),
                                 .callback = limber_json_string (form, "callback"), .times = limber_json_string (form, "times"), .agreed = limber_json_string (form, "agreed") != NULL };
  limber_id_parse (&call->patient, limber_json_string (form, "about"));
}

gboolean
limber_act_form_refer (LimberTransaction *transaction, const LimberId *id, const char *form, const LimberAuthor *author, GError **error)
{
  g_autoptr (json_t) json = read_form (form, error);
  LimberReferringCall call;

  if (json == NULL)
    return FALSE;
  limber_act_form_read_call (json, &call);
  return limber_referring_take_down (transaction, &call, author, id, error) && forget_kept (transaction, json, author, error);
}
