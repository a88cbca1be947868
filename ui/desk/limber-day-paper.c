#include "limber-day-paper.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "limber-building.h"
#include "limber-date.h"
#include "limber-day-list.h"

/* Whole texts, one a line; the absent ones leave no gap. */
static char *
join_lines (const char *a, const char *b, const char *c)
{
  const char *texts[] = { a, b, c };
  GString *joined = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "\n" : "", texts[i]);
  return g_string_free (joined, FALSE);
}

/* "As of 23-Nov-2026 08:02 · Up to date · 08:01" */
static char *
freshness (const LimberPaperHead *head)
{
  g_autofree char *clock = limber_time_for_staff (head->now), *date = NULL, *as_of = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (head->now, today);
  date = limber_date_for_staff (today);
  /* Translators: a date and a time: when something was printed, and what it says is true of. */
  as_of = g_strdup_printf (_("As of %1$s %2$s"), date, clock);
  return head->sync != NULL && *head->sync != '\0' ? g_strdup_printf ("%s · %s", as_of, head->sync) : g_steal_pointer (&as_of);
}

static LimberPaper *
new_paper (const char *title, const char *const *lines, const LimberPaperColumn *columns, guint n_columns)
{
  LimberPaper *paper = limber_paper_new (title, lines, columns, n_columns);

  limber_paper_set_right_to_left (paper, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  return paper;
}

static void
add_line (LimberPaper *paper, const LimberDayLine *line)
{
  g_autofree char *facts = g_strdup_printf ("%s  %s", line->born, line->number), *who = join_lines (line->name, facts, NULL), *where = join_lines (line->with, line->place, NULL), *needs = join_lines (line->mark, line->needs, NULL);
  const char *cells[] = { line->time, who, where, needs, line->came, line->seen, NULL, NULL };

  limber_paper_add_over (paper, cells, line->closed);
}

/**
 * limber_day_paper_of_day:
 * @lines: (element-type LimberDayLine): in their order
 *
 * Returns: (transfer full): the day's list, with boxes to write in and empty lines for who comes without an appointment
 */
LimberPaper *
limber_day_paper_of_day (GPtrArray *lines, const LimberPaperHead *head)
{
  const LimberPaperColumn columns[] = {
    { _("Time"), LIMBER_PAPER_STRONG, 45 }, { _("Name"), LIMBER_PAPER_STRONG, 250 }, { _("With, where"), LIMBER_PAPER_TEXT, 95 }, { _("Needs"), LIMBER_PAPER_TEXT, 105 },
    { _("Came at"), LIMBER_PAPER_FIELD, 62 }, { _("Seen at"), LIMBER_PAPER_FIELD, 62 }, { _("Did not come"), LIMBER_PAPER_TICK, 48 }, { _("Note"), LIMBER_PAPER_FIELD, 118 },
  };
  const char *const empty[G_N_ELEMENTS (columns)] = { NULL };
  g_autofree char *day = limber_date_with_weekday (head->date), *title = g_strdup_printf ("%s · %s", head->site, day), *fresh = freshness (head);
  g_autofree char *count = g_strdup_printf (ngettext ("%u appointment", "%u appointments", lines->len), lines->len), *state = g_strdup_printf ("%s · %s", count, fresh);
  LimberPaper *paper = new_paper (title, (const char *const[]){ state, NULL }, columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < lines->len; i++)
    add_line (paper, g_ptr_array_index (lines, i));
  for (guint i = 0; i < LIMBER_DAY_LIST_WALK_INS; i++)
    limber_paper_add_row (paper, empty);
  limber_paper_set_foot (paper, _("Private: keep this paper with you. Type in what is written on it, then shred it."));
  return paper;
}

static void
add_person (LimberPaper *paper, const LimberBuildingPerson *person)
{
  g_autofree char *how = limber_building_dup_standing (person), *since = person->since != 0 ? limber_time_for_staff (person->since) : NULL;
  const char *cells[] = { NULL, person->name, person->needs, person->place, how, since };

  limber_paper_add_row (paper, cells);
}

/**
 * limber_day_paper_of_building:
 * @people: (element-type LimberBuildingPerson): in their order
 *
 * Returns: (transfer full): the list for a fire: everybody, what help they need, and where they should be
 */
LimberPaper *
limber_day_paper_of_building (GPtrArray *people, const LimberPaperHead *head)
{
  const LimberPaperColumn columns[] = {
    { _("Out"), LIMBER_PAPER_TICK, 40 }, { _("Name"), LIMBER_PAPER_STRONG, 250 }, { _("Needs"), LIMBER_PAPER_STRONG, 150 }, { _("Should be"), LIMBER_PAPER_TEXT, 150 },
    { _("How"), LIMBER_PAPER_TEXT, 150 }, { _("Since"), LIMBER_PAPER_TEXT, 45 },
  };
  /* Translators: %s is a site's name. */
  g_autofree char *title = g_strdup_printf (_("Who is in the building · %s"), head->site), *count = limber_building_dup_count_text (people), *fresh = freshness (head), *staff = NULL;
  LimberPaper *paper;

  if (head->staff != NULL) /* Translators: %s is a member of staff. */
    staff = g_strdup_printf (_("Signed in at this desk: %s. Staff are not on this list."), head->staff);
  paper = new_paper (title, (const char *const[]){ count, fresh, staff, NULL }, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < people->len; i++)
    add_person (paper, g_ptr_array_index (people, i));
  limber_paper_set_foot (paper, _("Patients by what this computer knows. There may be others: visitors, carers, staff."));
  return paper;
}
