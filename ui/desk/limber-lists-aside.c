/* Put aside: what central has kept and does not believe, and what was written here that is accepted nowhere else. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-aside.h"
#include "limber-date.h"
#include "limber-entry.h"
#include "limber-field-words.h"
#include "limber-json.h"
#include "limber-lists-read.h"
#include "limber-prune.h"
#include "limber-quarantine.h"
#include "limber-recovered.h"
#include "limber-release.h"
#include "limber-reopen.h"
#include "limber-trust.h"

#define MOST 200
#define FIELDS_MOST 12 /* that one line tells of */

typedef struct {
  LimberReader *reader;
  GPtrArray    *cards;
} Gather;

/* Why, in words that say what that means here. */
static char *
reason_words (const char *reason)
{
  static const struct {
    const char *reason, *words;
  } known[] = {
    { "revoked device", N_("That device had been shut out before it handed this over. Was it with us, and is what it says right?") },
    { LIMBER_RELEASE_REASON, N_("The central service does not know that device.") },
    { LIMBER_RECOVERED_REASON, N_("Only one device still had this; the central service had never heard of it, or had lost it.") },
    { LIMBER_REOPEN_REASON, N_("Somebody had decided on this, and has taken the decision back.") },
    { LIMBER_PRUNE_REASON, N_("What it said has not come along with it yet.") },
    { "this class of device may not write that", N_("A device of that kind may not change this.") },
    { LIMBER_DOUBT_UNKNOWN, N_("The central service does not know who wrote this. Are they one of our staff? When they are added in Set-up, this is used without asking again.") },
    { LIMBER_DOUBT_LEFT, N_("Whoever wrote this had left the service by then, as far as the central service knows.") },
    { LIMBER_DOUBT_ROLE, N_("The role of whoever wrote this does not allow it, as far as the central service knows.") },
    { LIMBER_DOUBT_SITE, N_("Whoever wrote this works at another site and was not covering here, as far as the central service knows.") },
    { LIMBER_DOUBT_DEVICE, N_("A computer or screen of that kind does not write this by itself.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (reason, known[i].reason) == 0)
      return g_strdup (_(known[i].words));
  /* Translators: what the program found wrong. */
  return g_strdup_printf (_("It cannot be right as it is: %s"), reason != NULL ? reason : "–");
}

/* @held: (nullable): the record as it is here */
static void
append_field (LimberReader *reader, const LimberKind *kind, const LimberChange *change, const LimberRecord *held, GString *words)
{
  int i = limber_kind_field (kind, change->name);
  g_autofree char *name = limber_field_words_name (kind->name, change->name), *text = NULL, *now = NULL;
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  if (i >= 0 && limber_entry_value (&kind->fields[i], change->value, &value, NULL))
    text = limber_field_words_value (reader, &kind->fields[i], &value);
  if (text != NULL && held != NULL)
    now = limber_field_words_value (reader, &kind->fields[i], &held->values[i]);
  g_string_append_printf (words, "%s%s: %s", words->len > 0 ? "\n" : "", name, text != NULL ? text : _("what this Limber cannot read"));
  if (now != NULL)
    /* Translators: after what somebody wrote: what is there now. */
    g_string_append_printf (words, _(" (now: %s)"), now);
}

/* (nullable): what an entry says, field by field. */
static char *
says_words (LimberReader *reader, const char *line)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GArray) changes = NULL;
  g_autoptr (LimberRecord) held = NULL;
  const LimberKind *kind;
  LimberEntry entry;

  if (line == NULL || !limber_entry_parse_line (&entry, line, strlen (line), NULL) || !entry.has_body)
    return NULL;
  kind = limber_kind_by_name (entry.kind);
  changes = kind != NULL ? limber_entry_changes (&entry, NULL) : NULL;
  held = kind != NULL ? limber_reader_get (reader, kind->name, &entry.record, NULL) : NULL;
  for (guint i = 0; changes != NULL && i < MIN (changes->len, FIELDS_MOST); i++)
    append_field (reader, kind, &g_array_index (changes, LimberChange, i), held, words);
  if (changes != NULL && changes->len > FIELDS_MOST)
    g_string_append (words, "\n…");
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static char *
title_words (LimberReader *reader, const char *kind, const LimberId *patient)
{
  g_autofree char *name = patient != NULL ? limber_lists_person_name (reader, patient) : NULL;

  if (name != NULL && g_strcmp0 (kind, "patient") == 0)
    return g_steal_pointer (&name);
  /* Translators: what kind of record, and a person's name. */
  return name != NULL ? g_strdup_printf (_("%1$s of %2$s"), limber_field_words_kind (kind), name) : g_strdup (limber_field_words_kind (kind));
}

static gboolean
add_aside (const LimberRecord *record, gpointer data)
{
  Gather *gather = data;
  LimberReader *reader = gather->reader;
  LimberListCard *card = limber_list_card_new (limber_record_id (record, "entry"), "limber-attention-symbolic");
  g_autofree char *who = limber_field_words_who (reader, limber_record_text (record, "author")), *sign = NULL;
  char *says = says_words (reader, limber_record_text (record, "line"));

  sign = limber_lists_signed (who, limber_record_integer (record, "made"), limber_record_text (record, "place"), limber_reader_now (reader));
  card->title = title_words (reader, limber_record_text (record, "kind"), limber_record_id (record, "patient"));
  card->text = g_strdup_printf (_("Written by %s"), sign);
  limber_list_card_set_part (card, 0, _("It says"), says != NULL ? says : g_strdup (_("What this computer cannot show. It can be decided at the central service.")));
  limber_list_card_set_part (card, 1, _("Why not"), reason_words (limber_record_text (record, "reason")));
  card->note = g_strdup (_("Nobody’s screen shows it until somebody decides. To use it writes it in your name; to leave it out keeps what is there now."));
  if (limber_record_text (record, "line") != NULL) {
    if (says != NULL)
      limber_list_card_add_deed (card, _("It is right: use it"), "lists.approve", NULL);
    limber_list_card_add_deed (card, _("Leave it out"), "lists.decline", NULL);
  }
  card->waits = TRUE;
  g_ptr_array_add (gather->cards, card);
  return gather->cards->len < MOST;
}

static gboolean
is_told (GPtrArray *cards, const LimberId *entry)
{
  for (guint i = 0; i < cards->len; i++)
    if (limber_id_equal (&((LimberListCard *) g_ptr_array_index (cards, i))->id, entry))
      return TRUE;
  return FALSE;
}

/* What was written here, is shown here alone, and of which central has not told yet what becomes of it. */
static void
add_marked (Gather *gather, const json_t *one)
{
  const char *text = limber_json_string (one, "id"), *record_text = limber_json_string (one, "record"), *made = limber_json_string (one, "made"), *kind = limber_json_string (one, "kind");
  g_autofree char *who = limber_field_words_who (gather->reader, limber_json_string (one, "author")), *sign = NULL;
  LimberListCard *card;
  LimberId id, record;
  gint64 at = 0;

  if (!json_is_true (json_object_get (one, "shown")) || !limber_id_parse (&id, text) || is_told (gather->cards, &id) || gather->cards->len >= MOST)
    return;
  limber_time_parse (made, &at);
  sign = limber_lists_signed (who, at, NULL, limber_reader_now (gather->reader));
  card = limber_list_card_new (&id, "limber-attention-symbolic");
  card->title = title_words (gather->reader, kind, g_strcmp0 (kind, "patient") == 0 && limber_id_parse (&record, record_text) ? &record : NULL);
  card->text = g_strdup_printf (_("Written here by %s"), sign);
  limber_list_card_set_part (card, 1, _("Why not"), reason_words (limber_json_string (one, "reason")));
  card->note = g_strdup (_("It was not accepted: only this screen shows it. Whoever looks after the service can decide about it."));
  card->waits = TRUE;
  g_ptr_array_add (gather->cards, card);
}

/**
 * limber_lists_read_aside:
 * @member: who looks at them
 *
 * Returns: (transfer full) (nullable) (element-type LimberListCard): what waits in the quarantine and concerns this computer
 */
GPtrArray *
limber_lists_read_aside (LimberReader *reader, const LimberId *member, GError **error)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_list_card_free);
  g_autoptr (json_t) own = NULL;
  Gather gather = { reader, cards };
  json_t *one;
  gsize i;

  if (!limber_reader_list (reader, "aside", NULL, NULL, add_aside, &gather, error))
    return NULL;
  own = limber_quarantine_json (reader, error);
  json_array_foreach (own, i, one)
    add_marked (&gather, one);
  return own != NULL ? g_steal_pointer (&cards) : NULL;
}
