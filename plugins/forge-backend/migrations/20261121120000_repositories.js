// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('repositories', table => {
    table.comment('Repositories of the forge');
    table.uuid('id').primary();
    table.string('name', 50).notNullable().unique();
    table.text('description');
    table.string('owner').notNullable().index();
    table.string('default_branch').notNullable();
    table.string('location').notNullable().comment('Where the forge keeps it');
    table.timestamp('created_at').notNullable();
    table.string('created_by').notNullable();
    table.timestamp('updated_at').notNullable().index();
    table.string('idempotency_key');
    table.integer('version').notNullable().defaultTo(1);
    table.jsonb('head').comment('Newest commit of the default branch');
    table
      .timestamp('write_began_at')
      .comment('Set before a branch may move, cleared when that was announced');
    table.string('write_began_by');
    table.unique(['created_by', 'idempotency_key']);
  });

  await knex.schema.createTable('heads', table => {
    table.comment('Heads of branches that were announced');
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.string('branch').notNullable();
    table.string('sha', 40).notNullable();
    table.primary(['repository_id', 'branch']);
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('Events that are true but not yet published');
    table.bigIncrements('id');
    table.string('topic').notNullable();
    table.jsonb('payload').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.schema.createTable('git_tokens', table => {
    table.comment('Passwords for git; only their SHA-256 is kept');
    table.uuid('id').primary();
    table.string('hash', 64).notNullable().unique();
    table.string('user_ref').comment('Whose it is; null for a reader');
    table
      .uuid('repository_id')
      .comment('The one repository a reader may fetch')
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.string('description').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
    table.timestamp('last_used_at');
    table.index(['user_ref']);
  });

  await knex.schema.createTable('change_requests', table => {
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('title', 200).notNullable();
    table.text('description');
    table.string('source').notNullable();
    table.string('target').notNullable();
    table.string('state').notNullable();
    table.string('author').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.string('closed_by');
    table.string('base_sha', 40).comment('What it was merged onto');
    table.string('head_sha', 40).comment('What was merged');
    table.string('merged_sha', 40).comment('What came of it');
    table.primary(['repository_id', 'number']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'change_requests',
    'git_tokens',
    'outbox',
    'heads',
    'repositories',
  ]) {
    await knex.schema.dropTable(table);
  }
};
