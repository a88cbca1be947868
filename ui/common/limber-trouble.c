/* Every error has words of its own here, because a person can do something else about each. The error's own message says
 * what happened; nothing is claimed to be kept that is not known to be. */
#include "limber-trouble.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

static LimberTrouble *
make (const char *title, const char *happened, const char *kept, const char *advice, gboolean again)
{
  LimberTrouble *made = g_new0 (LimberTrouble, 1);

  made->title = g_strdup (title);
  made->happened = g_strdup (happened);
  made->kept = g_strdup (kept);
  made->advice = g_strdup (advice);
  made->again = again;
  return made;
}

/* (transfer full): what one types to join. */
static char *
joining_command (const char *dir)
{
  g_autofree char *quoted = g_shell_quote (dir);

  /* Translators: URL and CODE stand for what the person types there. */
  return g_strdup_printf (_("limberctl --store %s join URL CODE"), quoted);
}

static LimberTrouble *
no_store (const GError *error, const char *program, const char *dir)
{
  LimberTrouble *made;

  if (dir == NULL) {
    made = make (_("Which store?"), _("Limber was started without saying where this computer keeps its store."), _("Nothing was changed."),
                    _("Start it with the folder of its store:"), FALSE);
    made->command = g_strdup_printf ("%s --store DIR", program);
    return made;
  }
  made = make (_("This computer has not joined a site yet"), error->message, _("Nothing was changed."),
                  _("Ask whoever runs Limber for a joining code, then run this in a terminal, and try again:"), TRUE);
  made->command = joining_command (dir);
  return made;
}

static LimberTrouble *
of_departure (const GError *error, const char *dir)
{
  LimberTrouble *made = make (_("This computer has left its site"), error->message, _("Everything that was saved here is with the central service."),
                              _("Use another computer. To use this one again, ask whoever runs Limber for a joining code, run this in a terminal, and try again:"), TRUE);

  made->command = joining_command (dir);
  return made;
}

static LimberTrouble *
of_disk (const GError *error)
{
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DISK_FULL))
    return make (_("The disk is full"), error->message, _("What was saved before is still there. Nothing new can be saved until there is room."),
                    _("Make room on this computer’s disk, then try again. Until then, write arrivals on paper."), TRUE);
  return make (_("The disk does not answer"), error->message, _("What was saved before is on the disk. The last change may not be: check it when Limber is open again."),
                  _("Try again. If this comes back, stop using this computer and call whoever looks after it."), TRUE);
}

/**
 * limber_trouble_new:
 * @error: what went wrong with opening or using a store
 * @program: the name of the running program, as one starts it
 * @dir: (nullable): the store's folder; %NULL when none was named
 *
 * Returns: (transfer full): what to tell the person
 */
LimberTrouble *
limber_trouble_new (const GError *error, const char *program, const char *dir)
{
  if (dir == NULL)
    return no_store (error, program, NULL);
  if (error->domain != LIMBER_ERROR)
    return make (_("The store could not be opened"), error->message, _("Nothing was changed."), _("Try again. If this comes back, call whoever looks after this computer."), TRUE);
  switch ((LimberError) error->code) {
  case LIMBER_ERROR_NOT_FOUND:
    return no_store (error, program, dir);
  case LIMBER_ERROR_BUSY:
    return make (_("This store is already in use"), error->message, _("Nothing was changed, and the other program goes on working."),
                    _("Use the window that is already open, or close it and try again."), TRUE);
  case LIMBER_ERROR_NEWER:
    return make (_("This Limber is too old for its store"), error->message, _("Everything in the store is as it was."),
                    _("Ask whoever looks after this computer to update Limber. Another computer at this site can be used until then."), TRUE);
  case LIMBER_ERROR_DAMAGED:
    return make (_("The store is damaged"), error->message, _("Nothing was deleted. What other computers and the hub have received from here is safe with them."),
                    _("Do not delete the folder. Ask whoever looks after this computer to restore it, and use another computer until then."), TRUE);
  case LIMBER_ERROR_DISK_FULL:
  case LIMBER_ERROR_DISK:
    return of_disk (error);
  case LIMBER_ERROR_DEPARTED:
    return of_departure (error, dir);
  case LIMBER_ERROR_REFUSED:
    return make (_("This store is not for this program"), error->message, _("Nothing was changed."), _("Start the program that belongs to this computer’s task."), FALSE);
  default:
    return make (_("The store could not be opened"), error->message, _("Nothing was changed."), _("Try again. If this comes back, call whoever looks after this computer."), TRUE);
  }
}

void
limber_trouble_free (LimberTrouble *self)
{
  g_free (self->title);
  g_free (self->happened);
  g_free (self->kept);
  g_free (self->advice);
  g_free (self->command);
  g_free (self);
}
