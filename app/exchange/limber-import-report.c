/* What an import found, as people read it. */
#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-import.h"
#include "limber-json.h"

#define NUMBER(object, name) ((long) limber_json_integer (object, name, 0))

static void
list_to_text (json_t *list, GString *out)
{
  const char *encoding = limber_json_string (list, "encoding");

  g_string_append_printf (out, _("%s: %ld lines read, %ld new, %ld changed, %ld as before, %ld refused, %ld taken in part"), limber_json_string (list, "file"), NUMBER (list, "read"),
                          NUMBER (list, "made"), NUMBER (list, "changed"), NUMBER (list, "same"), NUMBER (list, "refused"), NUMBER (list, "partly"));
  if (encoding != NULL && !g_str_equal (encoding, "UTF-8"))
    g_string_append_printf (out, _(" (read as %s)"), encoding);
  g_string_append_c (out, '\n');
}

static void
problem_to_text (json_t *problem, GString *out)
{
  const char *column = limber_json_string (problem, "column");

  g_string_append_printf (out, column != NULL ? _("%s, line %d, %s: %s") : _("%s, line %d%s: %s"), limber_json_string (problem, "file"), (int) NUMBER (problem, "line"),
                          column != NULL ? column : "", limber_json_string (problem, "reason"));
  g_string_append (out, json_is_true (json_object_get (problem, "taken")) ? _(" (the rest of the line was taken)\n") : _(" (the line was not taken)\n"));
}

static void
note_to_text (json_t *note, GString *out)
{
  const char *column = limber_json_string (note, "column");

  g_string_append_printf (out, "%s%s%s: %s\n", limber_json_string (note, "file"), column != NULL ? ", " : "", column != NULL ? column : "", limber_json_string (note, "message"));
}

/* @form has the number in it. */
static void
say (GString *out, const char *form, long n)
{
  if (n > 0)
    g_string_append_printf (out, form, n);
}

static void
gone_to_text (json_t *gone, GString *out)
{
  const char *against = limber_json_string (gone, "held_back");
  long cancelled = NUMBER (gone, "cancelled"), asked = NUMBER (gone, "asked"), kept = NUMBER (gone, "kept"), touched = NUMBER (gone, "touched"), answered = NUMBER (gone, "answered");
  g_autofree char *from = limber_date_for_staff (limber_json_string (gone, "from")), *until = limber_date_for_staff (limber_json_string (gone, "until"));
  g_autoptr (GString) said = g_string_new (NULL);

  say (said, ngettext ("  %ld appointment that it no longer has was cancelled\n", "  %ld appointments that it no longer has were cancelled\n", (gulong) cancelled), cancelled);
  say (said, ngettext ("  %ld appointment that it no longer has is a task for the desk\n", "  %ld appointments that it no longer has are tasks for the desk\n", (gulong) asked), asked);
  say (said, ngettext ("  %ld appointment that it no longer has was kept, as its site has chosen\n", "  %ld appointments that it no longer has were kept, as their sites have chosen\n", (gulong) kept), kept);
  say (said, ngettext ("  %ld appointment that it no longer has was kept, because somebody here has changed it\n",
                       "  %ld appointments that it no longer has were kept, because somebody here has changed them\n", (gulong) touched),
       touched);
  say (said, ngettext ("  %ld task is done, because the list has its appointment again\n", "  %ld tasks are done, because the list has their appointments again\n", (gulong) answered), answered);
  if (against != NULL)
    g_string_append_printf (said, _("  Nothing was done about what it no longer has: %s\n"), against);
  if (said->len > 0)
    g_string_append_printf (out, _("%s is about %s to %s:\n%s"), limber_json_string (gone, "file"), from, until, said->str);
}

static void
end_to_text (json_t *report, GString *out)
{
  const char *refused = limber_json_string (report, "refused");
  long untold = NUMBER (report, "untold"), n = 0;
  gsize i;
  json_t *list;

  if (untold > 0)
    g_string_append_printf (out, ngettext ("%ld more problem is not named here. --refused DIR writes all lines that were refused.\n",
                                           "%ld more problems are not named here. --refused DIR writes all lines that were refused.\n", (gulong) untold),
                            untold);
  json_array_foreach (json_object_get (report, "lists"), i, list)
    n += NUMBER (list, "refused");
  if (refused != NULL && n > 0)
    g_string_append_printf (out, _("The refused lines are in %s. Put them right there, and import that folder as you did this one.\n"), refused);
  if (json_is_true (json_object_get (report, "dry_run")))
    g_string_append (out, _("Nothing was written: this was a trial.\n"));
  if (json_is_true (json_object_get (report, "stopped")))
    g_string_append (out, _("Stopped. What was done is kept; import again to go on.\n"));
}

/**
 * limber_import_to_text:
 * @report: what limber_import_run() returned
 *
 * Appends the report as people read it.
 */
void
limber_import_to_text (json_t *report, GString *out)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (report, "problems"), i, one)
    problem_to_text (one, out);
  json_array_foreach (json_object_get (report, "notes"), i, one)
    note_to_text (one, out);
  json_array_foreach (json_object_get (report, "lists"), i, one)
    list_to_text (one, out);
  json_array_foreach (json_object_get (report, "gone"), i, one)
    gone_to_text (one, out);
  end_to_text (report, out);
}
