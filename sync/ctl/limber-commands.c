/* What the lines of all commands have in common, and the commands that a public screen carries out: no other is in its program. */
#include "limber-commands.h"

#include <glib/gi18n-lib.h>

#include "limber-json.h"

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

const LimberCommand limber_commands_of_public[] = {
  { "sync", "[--watch]", N_("Push what is new here, and pull what is new there"), N_("--watch goes on until it is stopped, and says how things stand whenever that changes."), OPTIONS ("watch"), 0, 0,
    LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_STOPPABLE, limber_command_sync },
  { "arrive", "--born D/M[/YYYY] --initial X [--postcode P] [--at TIME] | --code CODE [--at TIME]", N_("Check somebody in, as a kiosk does"),
    N_("Exit status 0 when checked in, now or already; 1 when early, late, cancelled or to be seen at the desk; 3 when nobody matches; 4 when the year, or the postcode, is needed."),
    OPTIONS ("born=", "initial=", "postcode=", "code=", "at="), 0, 0, LIMBER_NEEDS_CHANGE, 0, limber_command_arrive },
  { "kiosk", "code [--none]", N_("Set the code by which staff close this public screen"),
    N_("The code is the line that standard input gives, 4 to 12 figures; without one it is made, and printed. It stays on this device and is nobody's PIN."), OPTIONS ("none"), 1, 1,
    LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_INPUT, limber_command_kiosk },
  { NULL },
};

/**
 * limber_commands_public:
 *
 * Returns: (transfer none): the tables of a public screen, whose program holds no other command
 */
const LimberCommand *const *
limber_commands_public (void)
{
  static const LimberCommand *const tables[] = { limber_commands_of_public, NULL };

  return tables;
}

/**
 * limber_commands_find:
 * @tables: those of this program
 *
 * Returns: (transfer none) (nullable): the command called @name
 */
const LimberCommand *
limber_commands_find (const LimberCommand *const *tables, const char *name)
{
  for (; *tables != NULL; tables++)
    for (const LimberCommand *command = *tables; command->name != NULL; command++)
      if (g_str_equal (command->name, name))
        return command;
  return NULL;
}

static char *
help_of_all (const LimberCommand *const *tables)
{
  GString *out = g_string_new (_("limberctl [--store DIR] [--json] COMMAND …\n\nThe command line of Limber. Everything that the screens can do to data, a script can do too.\n\n"));

  for (; *tables != NULL; tables++)
    for (const LimberCommand *command = *tables; command->name != NULL; command++)
      g_string_append_printf (out, "  %s %s\n      %s\n", command->name, command->usage, _(command->summary));
  g_string_append (out, _("\n--store DIR  the folder of the store\n--json       answer in JSON; errors too: {\"error\": code, \"message\": text}\n--help       after a command: what it and its options do\n--version    alone: say which version this is\n"
                          "\nA command works while another program has the store open: reads go straight to the file, and that program carries out changes.\n"
                          "\nExit status: 0 done, 1 refused with a reason, 2 usage, 3 nothing matched, 4 more than one matched, 5 store busy or damaged, 6 peer unreachable\n"));
  return g_string_free (out, FALSE);
}

/**
 * limber_commands_help:
 * @tables: those of this program
 * @command: (nullable): one command, %NULL for all
 *
 * Returns: (transfer full): how it is used
 */
char *
limber_commands_help (const LimberCommand *const *tables, const LimberCommand *command)
{
  if (command == NULL)
    return help_of_all (tables);
  return g_strdup_printf ("limberctl %s%s %s\n\n%s\n%s%s", command->needs != LIMBER_NEEDS_NOTHING ? "--store DIR " : "", command->name, command->usage, _(command->summary),
                          command->help != NULL ? _(command->help) : "", command->help != NULL ? "\n" : "");
}

/**
 * limber_command_text:
 *
 * Returns: (transfer none): the text that @object has as @name, as a line shows it: a dash for one that is not there
 */
const char *
limber_command_text (const json_t *object, const char *name)
{
  const char *text = limber_json_string (object, name);

  return text != NULL ? text : "–";
}
