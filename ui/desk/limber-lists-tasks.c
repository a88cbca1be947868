/* To do: what somebody at this site is to see to, those first where somebody stands there. */
#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-lists-read.h"
#include "limber-person.h"
#include "limber-task-item.h"
#include "limber-task.h"

/* The people of the appointments that the task is about. */
static void
name_people (LimberReader *reader, LimberTaskItem *item)
{
  GArray *appointments = limber_task_item_get_appointments (item);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < appointments->len; i++) {
    g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", &g_array_index (appointments, LimberId, i), NULL);
    const LimberId *patient = record != NULL ? limber_record_id (record, "patient") : NULL;
    char *name = patient != NULL ? limber_lists_person_name (reader, patient) : NULL;

    if (name != NULL)
      g_ptr_array_add (names, name);
  }
  g_ptr_array_add (names, NULL);
  if (names->len > 1)
    limber_task_item_set_names (item, (const char *const *) names->pdata);
}

/* Since when, and who says so. */
static char *
since_words (LimberReader *reader, const LimberId *task, const char *about, gint64 made)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "task", task, NULL);
  g_autofree char *since = limber_time_for_staff_from (made, limber_reader_now (reader)), *from = NULL;

  if (g_strcmp0 (about, "duplicate") == 0 || g_strcmp0 (about, "no-longer-listed") == 0)
    from = g_strdup (_("the central service"));
  else if (record != NULL)
    from = limber_lists_device_name (reader, &record->stamps[limber_kind_field (record->kind, "made")].origin);
  if (from == NULL)
    return g_strdup_printf (_("Since %s"), since);
  /* Translators: a time, with its day if that is not today, and the name of a screen or a service. */
  return g_strdup_printf (_("Since %1$s, from %2$s"), since, from);
}

static char *
taken_words (LimberReader *reader, LimberRow *row)
{
  g_autofree char *name = NULL, *since = NULL;

  name = limber_row_has (row, "taken_family") ? limber_person_spoken (limber_row_text (row, "taken_given"), limber_row_text (row, "taken_family")) : g_strdup (_("Somebody"));
  since = limber_time_for_staff_from (limber_row_integer (row, "taken"), limber_reader_now (reader));
  /* Translators: a name, and a time, with its day if that is not today. */
  return g_strdup_printf (_("%1$s is on it since %2$s"), name, since);
}

/* The button that leads on, by what it is about. */
static void
add_next_step (LimberListCard *card, LimberRow *row, LimberTaskItem *item)
{
  const char *about = limber_task_item_get_about (item);
  GArray *appointments = limber_task_item_get_appointments (item);
  g_autofree char *patient = limber_row_has (row, "patient") ? limber_id_dup_text (limber_row_id (row, "patient")) : NULL;
  g_autofree char *person = patient != NULL ? g_strconcat ("person:", patient, NULL) : NULL;
  g_autofree char *first = appointments->len > 0 ? limber_id_dup_text (&g_array_index (appointments, LimberId, 0)) : NULL;

  if (limber_task_item_get_people (item)->len == 2)
    limber_list_card_add_deed (card, _("Compare…"), "lists.compare", NULL);
  else if (g_str_equal (about, "guessing"))
    limber_list_card_add_deed (card, _("See the screens"), "desk.go", "tasks:screens");
  else if (first != NULL && limber_task_urgency (about) == LIMBER_TASK_NOW)
    limber_list_card_add_deed (card, _("Show on today’s list"), "lists.show", first);
  else if (person != NULL)
    limber_list_card_add_deed (card, _("Open their page"), "desk.go", person);
}

/* Whoever is on it lets go of it, and another takes it over. */
static void
add_taking (LimberListCard *card, LimberRow *row, const LimberId *member)
{
  if (!limber_row_has (row, "taken_by"))
    limber_list_card_add_deed (card, _("I am on it"), "lists.take", NULL);
  else if (limber_id_equal (limber_row_id (row, "taken_by"), member))
    limber_list_card_add_deed (card, _("I am not on it any more"), "lists.let-go", NULL);
  else
    limber_list_card_add_deed (card, _("Take it over"), "lists.take-over", NULL);
}

static LimberListCard *
make_card (LimberReader *reader, LimberRow *row, const LimberId *member)
{
  g_autoptr (LimberTaskItem) item = limber_task_item_new (row);
  const char *about = limber_task_item_get_about (item);
  gboolean now = limber_task_urgency (about) == LIMBER_TASK_NOW;
  LimberListCard *card = limber_list_card_new (limber_row_id (row, "id"), now ? "limber-attention-symbolic" : "limber-waiting-symbolic");

  name_people (reader, item);
  card->title = g_strdup (limber_task_item_get_text (item));
  card->text = since_words (reader, &card->id, about, limber_row_integer (row, "made"));
  if (limber_row_has (row, "taken_by"))
    limber_list_card_set_part (card, 0, _("Taken"), taken_words (reader, row));
  if (limber_row_has (row, "note"))
    limber_list_card_set_part (card, 1, _("Note"), g_strdup (limber_row_text (row, "note")));
  add_next_step (card, row, item);
  if (limber_task_item_get_people (item)->len != 2) /* it is done by saying whether they are one person */
    limber_list_card_add_deed (card, _("Done"), "lists.done", NULL);
  add_taking (card, row, member);
  card->ask_label = g_strdup (_("Note…"));
  card->ask_action = "lists.note";
  card->ask_text = g_strdup (limber_row_text (row, "note"));
  card->before = g_strdup (limber_row_text (row, "note"));
  card->waits = TRUE;
  card->now = now;
  return card;
}

/**
 * limber_lists_read_tasks:
 * @member: who looks at them
 *
 * Returns: (transfer full) (nullable) (element-type LimberListCard): the open tasks of this site
 */
GPtrArray *
limber_lists_read_tasks (LimberReader *reader, const LimberId *member, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL, cards = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_list_card_free);
  LimberId site;
  gboolean has_site = limber_reader_site (reader, &site);

  rows = limber_reader_query (reader, "tasks-to-do", error, "d", has_site ? &site : NULL);
  if (rows == NULL)
    return NULL;
  g_ptr_array_sort (rows, limber_task_compare_rows);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (cards, make_card (reader, g_ptr_array_index (rows, i), member));
  return g_steal_pointer (&cards);
}
