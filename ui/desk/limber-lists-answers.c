/* Two answers: what two people said of one thing without seeing each other's word. One of the two stands; somebody says whether it is right. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-entry.h"
#include "limber-field-words.h"
#include "limber-lists-read.h"

#define MOST 200
#define DECIDED_DAYS 7

typedef struct {
  LimberReader *reader;
  GPtrArray    *cards;
  gint64        since; /* of what was decided, what is shown */
} Gather;

static const LimberField *
field_of (const LimberRecord *conflict)
{
  const LimberKind *kind = limber_kind_by_name (limber_record_text (conflict, "kind"));
  int i = kind != NULL ? limber_kind_field (kind, limber_record_text (conflict, "field")) : -1;

  return i >= 0 && !(kind->fields[i].flags & LIMBER_FIELD_SECRET) ? &kind->fields[i] : NULL;
}

/* "07700 900123 – Ann Lee, 09:12, Front desk, Harrow" */
static char *
said_words (LimberReader *reader, const char *value, const LimberRecord *conflict, const char *author, const char *made, const char *place)
{
  g_autofree char *who = limber_field_words_who (reader, limber_record_text (conflict, author));
  g_autofree char *sign = limber_lists_signed (who, limber_record_integer (conflict, made), limber_record_text (conflict, place), limber_reader_now (reader));

  /* Translators: a value, and who wrote it when and where. */
  return g_strdup_printf (_("%1$s — %2$s"), value, sign);
}

static char *
lost_value (LimberReader *reader, const LimberRecord *conflict, const LimberField *field)
{
  const char *json = limber_record_text (conflict, "value");
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  if (json == NULL || !limber_entry_value (field, (LimberSpan){ json, strlen (json) }, &value, NULL))
    return g_strdup (_("what this Limber cannot read"));
  return limber_field_words_value (reader, field, &value);
}

static void
say_title (LimberReader *reader, const LimberRecord *conflict, LimberListCard *card)
{
  const char *kind = limber_record_text (conflict, "kind");
  g_autofree char *name = limber_record_id (conflict, "patient") != NULL ? limber_lists_person_name (reader, limber_record_id (conflict, "patient")) : NULL;
  g_autofree char *field = limber_field_words_name (kind, limber_record_text (conflict, "field"));

  if (name != NULL && g_strcmp0 (kind, "patient") != 0)
    /* Translators: a field, what it is of (an appointment…), and a person's name. */
    card->title = g_strdup_printf (_("%1$s of an %2$s: %3$s"), field, limber_field_words_kind (kind), name);
  else
    card->title = g_strdup_printf ("%s: %s", field, name != NULL ? name : limber_field_words_kind (kind));
}

static void
add_deeds (LimberReader *reader, const LimberRecord *conflict, const LimberRecord *record, const LimberField *field, LimberListCard *card)
{
  gboolean open = limber_record_integer (conflict, "state") == 0, typed = (field->type == LIMBER_TYPE_TEXT && !g_str_equal (field->name, "language") && !(field->flags & LIMBER_FIELD_LINES)) || field->type == LIMBER_TYPE_DATE || field->type == LIMBER_TYPE_INTEGER;
  const LimberId *patient = limber_record_id (conflict, "patient");
  g_autofree char *id = patient != NULL ? limber_id_dup_text (patient) : NULL, *person = id != NULL ? g_strconcat ("person:", id, NULL) : NULL;

  if (open) {
    limber_list_card_add_deed (card, _("Keep what stands"), "lists.keep", NULL);
    limber_list_card_add_deed (card, _("Use the other"), "lists.use", NULL);
  }
  if (person != NULL)
    limber_list_card_add_deed (card, _("Open their page"), "desk.go", person);
  if (!typed)
    return;
  card->ask_label = g_strdup (_("Type it…"));
  card->ask_action = open ? "lists.type" : "lists.type-again";
  card->ask_text = field->type == LIMBER_TYPE_DATE ? limber_field_words_value (reader, field, limber_record_value (record, field->name))
                                                   : limber_field_to_text (field, limber_record_value (record, field->name));
}

static LimberListCard *
make_card (LimberReader *reader, const LimberRecord *conflict)
{
  const LimberField *field = field_of (conflict);
  const LimberId *id = limber_record_id (conflict, "record");
  g_autoptr (LimberRecord) record = field != NULL && id != NULL ? limber_reader_get (reader, limber_record_text (conflict, "kind"), id, NULL) : NULL;
  gboolean open = limber_record_integer (conflict, "state") == 0;
  LimberListCard *card;
  g_autofree char *now = NULL, *lost = NULL, *who = NULL, *sign = NULL;

  if (record == NULL)
    return NULL;
  card = limber_list_card_new (&conflict->id, open ? "limber-attention-symbolic" : "limber-synced-symbolic");
  say_title (reader, conflict, card);
  now = limber_field_words_value (reader, field, limber_record_value (record, field->name));
  lost = lost_value (reader, conflict, field);
  if (open)
    limber_list_card_set_part (card, 0, _("Stands now"), said_words (reader, now, conflict, "over_author", "over_made", "over_place"));
  else {
    who = limber_field_words_who (reader, limber_record_text (conflict, "over_author"));
    sign = limber_lists_signed (who, limber_record_integer (conflict, "over_made"), limber_record_text (conflict, "over_place"), limber_reader_now (reader));
    card->text = g_strdup_printf (_("Decided by %s"), sign);
    limber_list_card_set_part (card, 0, _("Stands now"), g_strdup (now));
  }
  limber_list_card_set_part (card, 1, _("The other"), said_words (reader, lost, conflict, "author", "made", "place"));
  add_deeds (reader, conflict, record, field, card);
  card->before = limber_field_to_text (field, limber_record_value (record, field->name));
  card->waits = open;
  return card;
}

static gboolean
add_card (const LimberRecord *conflict, gpointer data)
{
  Gather *gather = data;
  LimberListCard *card;

  if (limber_record_integer (conflict, "state") != 0 && limber_record_integer (conflict, "over_made") < gather->since)
    return TRUE;
  card = make_card (gather->reader, conflict);
  if (card != NULL)
    g_ptr_array_add (gather->cards, card);
  return gather->cards->len < MOST;
}

/* Those that wait come before those that were decided. */
static int
by_waiting (gconstpointer a, gconstpointer b)
{
  const LimberListCard *one = *(LimberListCard *const *) a, *other = *(LimberListCard *const *) b;

  return one->waits != other->waits ? (one->waits ? -1 : 1) : limber_id_compare (&one->id, &other->id);
}

/**
 * limber_lists_read_answers:
 * @member: who looks at them
 *
 * Returns: (transfer full) (nullable) (element-type LimberListCard): the open conflicts that this computer knows of, and those that were
 *   decided in the last days
 */
GPtrArray *
limber_lists_read_answers (LimberReader *reader, const LimberId *member, GError **error)
{
  static const char *const fields[] = { "state", NULL };
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_list_card_free);
  Gather gather = { reader, cards, limber_reader_now (reader) - DECIDED_DAYS * G_GINT64_CONSTANT (86400000) };

  for (gint64 state = 0; state < 2; state++) {
    const LimberValue value = { .type = LIMBER_VALUE_INTEGER, .integer = state };

    if (!limber_reader_list (reader, "conflict", fields, &value, add_card, &gather, error))
      return NULL;
  }
  g_ptr_array_sort (cards, by_waiting);
  return g_steal_pointer (&cards);
}
