/* A device may not add what holds more than it holds itself, so that nobody gets by a stolen desk at what no desk has; and touches only
 * devices of its own site. Neither the node itself nor any other node is let go this way. */
#include "limber-managing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-fleet.h"
#include "limber-json.h"
#include "limber-standing.h"
#include "limber-text.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)

/**
 * limber_managing_is_asked:
 *
 * Returns: whether @question is one about devices
 */
gboolean
limber_managing_is_asked (const json_t *question)
{
  static const char *const words[] = { "list", "enrol", "retire", "lost", "revoke", "keep", NULL };
  const char *ask = limber_json_string (question, "ask");

  return ask != NULL && g_strv_contains (words, ask);
}

/**
 * limber_managing_may_ask:
 *
 * Returns: whether a manager can sit at such a device
 */
gboolean
limber_managing_may_ask (LimberClass klass)
{
  return (klass & (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)) != 0;
}

/**
 * limber_managing_may_add:
 * @asker: where the manager sits
 * @klass: what she would like to add
 */
gboolean
limber_managing_may_add (LimberClass asker, LimberClass klass)
{
  const LimberClass below = LIMBER_CLASS_DESK | LIMBER_CLASS_KIOSK | LIMBER_CLASS_BOARD;

  switch (asker) {
  case LIMBER_CLASS_DESK:
    return (klass & below) != 0;
  case LIMBER_CLASS_CLINIC:
    return (klass & (below | LIMBER_CLASS_CLINIC)) != 0;
  case LIMBER_CLASS_OFFICE:
    return (klass & (below | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE | LIMBER_CLASS_HUB)) != 0;
  default:
    return FALSE;
  }
}

/* Who asks, as this node knows her; her role is (owned). */
static gboolean
check_who (LimberReader *reader, const LimberManagingAsker *asker, const json_t *question, char **role, GError **error)
{
  const char *author = limber_json_string (question, "staff");
  g_autoptr (LimberRecord) staff = NULL;
  LimberId id;

  if (!limber_id_parse (&id, author)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Nobody asks");
    return FALSE;
  }
  staff = limber_reader_get (reader, "staff", &id, NULL);
  *role = g_strdup (staff != NULL ? limber_record_text (staff, "role") : "");
  return limber_standing_check (reader, &(LimberAuthor){ author, *role }, LIMBER_ACTION_DEVICES, limber_id_is_nil (&asker->site) ? NULL : &asker->site, error);
}

static gboolean
is_ours (LimberReader *reader, const LimberManagingAsker *asker, const char *code)
{
  g_autoptr (LimberRecord) site = asker->klass != LIMBER_CLASS_OFFICE ? limber_reader_get (reader, "site", &asker->site, NULL) : NULL;

  return asker->klass == LIMBER_CLASS_OFFICE || (site != NULL && g_strcmp0 (limber_record_text (site, "code"), code) == 0);
}

/**
 * limber_managing_list:
 * @error: LIMBER_ERROR_UNAUTHORISED when she may not
 *
 * Returns: (transfer full) (nullable): "devices", those of her site, as limber_fleet_json() has them; "own", the id of hers
 */
json_t *
limber_managing_list (LimberReader *reader, const LimberManagingNode *node, const LimberManagingAsker *asker, const json_t *question, GError **error)
{
  g_autofree char *role = NULL, *own = limber_id_dup_text (&asker->device);
  json_t *list;

  if (!check_who (reader, asker, question, &role, error) || (list = limber_fleet_json (reader, &node->device, node->vitals, node->version, error)) == NULL)
    return NULL;
  for (gsize i = json_array_size (list); i > 0; i--)
    if (!is_ours (reader, asker, limber_json_string (json_array_get (list, i - 1), "site")))
      json_array_remove (list, i - 1);
  return json_pack ("{s:o, s:s}", "devices", list, "own", own);
}

/* For which site. */
static gboolean
find_site (LimberReader *reader, const LimberManagingAsker *asker, const json_t *question, LimberClass klass, LimberId *site, gboolean *has_site, GError **error)
{
  const char *code = limber_json_string (question, "site");
  g_autoptr (LimberRecord) record = NULL;

  *has_site = TRUE;
  if (asker->klass != LIMBER_CLASS_OFFICE) {
    *site = asker->site;
    return TRUE;
  }
  *has_site = klass != LIMBER_CLASS_OFFICE;
  if (!*has_site)
    return TRUE;
  record = limber_reader_by_key (reader, "site", code != NULL ? code : "", error);
  if (record != NULL)
    *site = record->id;
  return record != NULL;
}

static gboolean
check_wanted (LimberReader *reader, const LimberManagingAsker *asker, const char *name, LimberClass klass, gint64 hours, GError **error)
{
  if (!limber_managing_may_add (asker->klass, klass))
    return limber_error_refuse (error, _("This computer cannot add that: it would hold more than this one does. Add it from an office, or at central."));
  if (name == NULL || *name == '\0' || !limber_text_is_clean (name, 200))
    return limber_error_refuse (error, _("Say what it is called, in plain text of up to 200 letters."));
  if (hours < 1 || hours > LIMBER_MANAGING_HOURS)
    return limber_error_refuse (error, _("A code is good for an hour at least, and a week at most."));
  if (limber_enrolment_count_open (reader) >= LIMBER_MANAGING_OPEN)
    return limber_error_refuse (error, _("There are many codes already that nobody has used. Use one of those, or wait until they expire."));
  return TRUE;
}

static json_t *
enrol (LimberTransaction *transaction, const LimberManagingNode *node, const LimberManagingAsker *asker, const json_t *question, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const char *name = limber_json_string (question, "name");
  gint64 hours = limber_json_integer (question, "hours", 24);
  LimberEnrolment enrolment = { .name = name, .expires = limber_transaction_now (transaction) + hours * HOUR_MS };
  g_autoptr (LimberRecord) own = limber_reader_get (reader, "device", &node->device, NULL);
  g_autofree char *code = NULL, *id = limber_id_dup_text (&node->device);
  gboolean has_site;
  LimberId site;
  json_t *answer;

  if (!limber_class_parse (limber_json_string (question, "class"), &enrolment.klass))
    enrolment.klass = LIMBER_CLASS_CENTRAL; /* which nothing may add */
  if (!check_wanted (reader, asker, name, enrolment.klass, hours, error) || !find_site (reader, asker, question, enrolment.klass, &site, &has_site, error))
    return NULL;
  enrolment.site = has_site ? &site : NULL;
  if (!limber_enrolment_make (transaction, &enrolment, node->public_key, &code, error))
    return NULL;
  answer = json_pack ("{s:s, s:s, s:I, s:s?}", "code", code, "node", id, "expires", (json_int_t) enrolment.expires, "address", own != NULL ? limber_record_text (own, "address") : NULL);
  memset (code, 0, strlen (code));
  return answer;
}

/**
 * limber_managing_leave:
 * @device: of the kind
 * @leaving: why it is to go, or that it is not
 *
 * Tells a device to go, or that it stays.  allow deed: whoever calls it has asked already, limberctl and limber_managing_do().
 */
gboolean
limber_managing_leave (LimberTransaction *transaction, const LimberRecord *device, LimberLeaving leaving, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("device", &device->id);
  gboolean was_lost = limber_leaving_parse (limber_record_text (device, "leaving")) == LIMBER_LEAVING_LOST;

  if (leaving == LIMBER_LEAVING_NOT)
    limber_edit_set_none (edit, "leaving");
  else
    limber_edit_set_text (edit, "leaving", limber_leaving_name (leaving));
  if (leaving == LIMBER_LEAVING_LOST || was_lost)
    limber_edit_set_integer (edit, "revoked", leaving == LIMBER_LEAVING_LOST);
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
set_revoked (LimberTransaction *transaction, const LimberRecord *device, gboolean revoked, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("device", &device->id);

  limber_edit_set_integer (edit, "revoked", revoked);
  return limber_transaction_edit (transaction, edit, author, error);
}

/* (transfer full) (nullable): the device that is asked about, if she may do anything to it */
static LimberRecord *
find_device (LimberReader *reader, const LimberManagingNode *node, const LimberManagingAsker *asker, const json_t *question, GError **error)
{
  g_autoptr (LimberRecord) device = NULL;
  const LimberId *site;
  LimberClass klass = 0;
  LimberId id;

  if (!limber_id_parse (&id, limber_json_string (question, "device"))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Which device?");
    return NULL;
  }
  device = limber_reader_get (reader, "device", &id, error);
  if (device == NULL)
    return NULL;
  site = limber_record_id (device, "site");
  limber_class_parse (limber_record_text (device, "class"), &klass);
  if (limber_id_equal (&id, &node->device) || (klass & LIMBER_CLASS_NODES) != 0)
    limber_error_refuse (error, _("A hub is let go at central, by whoever looks after Limber, and central by nobody."));
  else if (asker->klass != LIMBER_CLASS_OFFICE && (site == NULL || !limber_id_equal (site, &asker->site)))
    limber_error_refuse (error, _("That computer belongs to another site."));
  else if (limber_id_equal (&id, &asker->device))
    limber_error_refuse (error, _("This is the computer that you sit at. Do it from another one."));
  else if (limber_record_integer (device, "left") != 0)
    limber_error_refuse (error, _("It has gone already, and holds nothing any more. To use it again, let it join with a new code."));
  else
    return g_steal_pointer (&device);
  return NULL;
}

static gboolean
change_device (LimberTransaction *transaction, const LimberRecord *device, const char *ask, const LimberAuthor *author, GError **error)
{
  gboolean lost = limber_leaving_parse (limber_record_text (device, "leaving")) == LIMBER_LEAVING_LOST;

  if (g_strcmp0 (ask, "retire") == 0)
    return limber_managing_leave (transaction, device, LIMBER_LEAVING_RETIRED, author, error);
  if (g_strcmp0 (ask, "lost") == 0)
    return limber_managing_leave (transaction, device, LIMBER_LEAVING_LOST, author, error);
  if (g_strcmp0 (ask, "revoke") == 0)
    return set_revoked (transaction, device, TRUE, author, error);
  if (g_strcmp0 (ask, "keep") == 0)
    return limber_managing_leave (transaction, device, LIMBER_LEAVING_NOT, author, error) && (lost || limber_record_integer (device, "revoked") == 0 || set_revoked (transaction, device, FALSE, author, error));
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a question");
  return FALSE;
}

/**
 * limber_managing_do:
 * @error: LIMBER_ERROR_UNAUTHORISED when she may not; LIMBER_ERROR_REFUSED, in her words; LIMBER_ERROR_NOT_FOUND
 *
 * Does what a manager asks, in her name.
 *
 * Returns: (transfer full) (nullable): of "enrol" "code", "address" (nothing when the node does not know its own), "node" and "expires"
 *   (milliseconds UTC); of the others "name"
 */
json_t *
limber_managing_do (LimberTransaction *transaction, const LimberManagingNode *node, const LimberManagingAsker *asker, const json_t *question, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const char *ask = limber_json_string (question, "ask");
  g_autoptr (LimberRecord) device = NULL;
  g_autofree char *role = NULL;

  if (!check_who (reader, asker, question, &role, error))
    return NULL;
  if (g_strcmp0 (ask, "enrol") == 0)
    return enrol (transaction, node, asker, question, error);
  device = find_device (reader, node, asker, question, error);
  if (device == NULL || !change_device (transaction, device, ask, &(LimberAuthor){ limber_json_string (question, "staff"), role }, error))
    return NULL;
  return json_pack ("{s:s}", "name", limber_record_text (device, "name"));
}
